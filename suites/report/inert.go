package report

import "strings"

// Inert is a line that no build server takes for a command: GitHub and Azure obey a line
// of a job's log that begins with "::" or holds "##[" or "##vso[", TeamCity one that
// holds "##teamcity[". It is meant for text of others that ends up in a log.
func Inert(line string) string {
	line = commandMarks.Replace(line)
	rest := strings.TrimLeft(line, " \t")
	if !strings.HasPrefix(rest, "::") {
		return line
	}
	return line[:len(line)-len(rest)] + ": :" + rest[len("::"):]
}

var commandMarks = strings.NewReplacer("##[", "# #[", "##vso[", "# #vso[", "##teamcity[", "# #teamcity[")
