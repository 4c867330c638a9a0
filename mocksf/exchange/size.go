package exchange

import "strings"

// MaxDeploy is MaxBody for what carries zip files of metadata: Salesforce's own
// limit for SOAP messages (Metadata API guide, Deploying and Retrieving Metadata).
const MaxDeploy = 50 << 20

// MaxBodyOf is the size in bytes above which a request body to the path is cut off.
func MaxBodyOf(path string) int {
	if strings.HasPrefix(path, "/services/Soap/m/") || strings.HasSuffix(path, "/metadata/deployRequest") {
		return MaxDeploy
	}
	return MaxBody
}
