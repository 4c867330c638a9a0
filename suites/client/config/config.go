// Package config is sfconform.yaml: what a client suite has to know of one client, kept
// beside that client's source. Read takes nothing that it does not know, and Text
// writes a file that explains itself.
package config

import (
	"github.com/sfconform/sfconform/fixtures"
)

// Name is how the file is called where nobody says otherwise.
const Name = "sfconform.yaml"

// File is the whole file. Paths in it are relative to its folder.
type File struct {
	Client Client `json:"client"`
	// Env are variables of the client's own: templates such as
	// ${SF_LOGIN_URL}/services/oauth2/token, or constants.
	Env map[string]string `json:"env"`
	// Pass are variables of the caller to pass on; a star at the end stands for all that
	// begin so.
	Pass []string `json:"pass"`
	Time Time     `json:"time"`
	// Reports are the files to write, each in the format of its extension.
	Reports []string `json:"reports"`
	Waivers []Waiver `json:"waivers"`
	// Strict has a warning fail the run.
	Strict bool `json:"strict"`
	// Seed repeats a run; nil leaves the choice to the caller.
	Seed *uint64 `json:"seed"`
}

// Client says what is judged, and how it is made to work.
type Client struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Command is the program and its arguments.
	Command []string `json:"command"`
	// Dir is where the client works in place of an empty folder.
	Dir  string `json:"dir"`
	Mode Mode   `json:"mode"`
	// Flows are those that the client has; none has them found out.
	Flows []Flow `json:"flows"`
	// Operations are those that the client has; none declares nothing.
	Operations []Operation      `json:"operations"`
	App        fixtures.AppKind `json:"app"`
	Org        fixtures.OrgKind `json:"org"`
}

// Time scales and bounds what a client may take.
type Time struct {
	Factor Factor `json:"factor"`
	// GiveUp is within what time the client gives up on a server that does not answer.
	GiveUp fixtures.Duration `json:"give-up"`
}

// Waiver is an entry of the baseline.
type Waiver struct {
	Requirement fixtures.RequirementID `json:"requirement"`
	Reason      string                 `json:"reason"`
	Owner       string                 `json:"owner"`
	// Until is the last day on which it covers anything.
	Until Day `json:"until"`
}

// Mode is how the client is made to work (client-requirements.md section 3.1).
type Mode string

// The modes.
const (
	// Command starts a program for each piece of work.
	Command Mode = "command"
	// Proxy does, too, and leads Salesforce's own host names to the fake.
	Proxy Mode = "proxy"
	// Driver starts one program that takes its work as JSON lines.
	Driver Mode = "driver"
	// Manual has a person do the work.
	Manual Mode = "manual"
	// Watch leaves the client alone and judges what arrives.
	Watch Mode = "watch"
)

// Values lists the modes.
func (Mode) Values() []string {
	return []string{string(Command), string(Proxy), string(Driver), string(Manual), string(Watch)}
}

// Starts says whether the harness starts the client in this mode.
func (m Mode) Starts() bool { return m != Manual && m != Watch }

// Flow is one of the flows that the client suite plays.
type Flow fixtures.Flow

// Values lists them.
func (Flow) Values() []string {
	return []string{string(fixtures.ClientCredentials), string(fixtures.JWTBearer)}
}
