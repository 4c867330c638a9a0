package journal

import "time"

// Login is one row of Setup > Login History.
type Login struct {
	// Number is that of the entry.
	Number   uint64    `json:"number"`
	Time     time.Time `json:"time"`
	Username string    `json:"username,omitempty"`
	// App is the API name of the app, ClientID the beginning of its Consumer Key.
	App      string `json:"app,omitempty"`
	ClientID string `json:"clientId,omitempty"`
	// Status is "Success" or a LOGIN_STATUS (facts: section 1.6).
	Status string `json:"status"`
}

// success is the status of a login that worked, as Setup shows it.
const success = "Success"

// LoginHistory is what an admin finds of the exchanges: each login that worked,
// and each refusal of which a LOGIN_STATUS is known. An unknown Consumer Key, say,
// leaves no row in any org.
func LoginHistory(entries []Entry) []Login {
	rows := []Login{}
	for _, e := range entries {
		status := e.LoginStatus
		if e.Grant != "" && e.Refusal == "" && e.Status == 200 {
			status = success
		}
		if status != "" {
			rows = append(rows, Login{e.Number, e.Time, e.Username, e.App, e.ClientID, status})
		}
	}
	return rows
}
