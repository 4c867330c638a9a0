package reach

// What the tests look into.
var (
	JavaTrustStore    = javaTrustStore
	ParseCertificates = parseCertificates
	JavaHosts         = javaHosts
)

// TrustStorePassword is that of the files that are written.
const TrustStorePassword = trustStorePassword

// Row is a row of the table.
type Row struct {
	Name     string
	Runtimes []string
}

// Table is the table without its values.
func Table() []Row {
	var rows []Row
	for _, r := range reachTable {
		rows = append(rows, Row{r.name, r.runtimes})
	}
	return rows
}
