// Command gosalesforce is github.com/k-capehart/go-salesforce as an integrator uses it,
// made to be judged by sfconform client: client credentials, and what the package does of
// itself when a session ends. Nothing is added to that.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/k-capehart/go-salesforce/v3"
)

// exitUnsupported is the answer to an operation that it does not have.
const exitUnsupported = 127

var errUnsupported = errors.New("operation not supported")

// contact is the record that the package decodes and encodes.
type contact struct {
	Id       string `json:",omitempty"`
	LastName string `json:",omitempty"`
}

func main() {
	err := run(os.Getenv("CHECK_OPERATION"))
	if err == nil {
		return
	}
	_, _ = fmt.Fprintln(os.Stderr, err)
	if errors.Is(err, errUnsupported) {
		os.Exit(exitUnsupported)
	}
	os.Exit(1)
}

func run(operation string) error {
	work, known := map[string]func(*salesforce.Salesforce) error{"login": login, "query": query, "write": write}[operation]
	if !known {
		return errUnsupported
	}
	session, err := salesforce.Init(salesforce.Creds{
		Domain: os.Getenv("SF_LOGIN_URL"), ConsumerKey: os.Getenv("SF_CLIENT_ID"), ConsumerSecret: os.Getenv("SF_CLIENT_SECRET"),
	})
	if err != nil {
		return err
	}
	return work(session)
}

func login(*salesforce.Salesforce) error { return nil }

// query reads all pages.
func query(s *salesforce.Salesforce) error {
	var all []contact
	return s.Query("SELECT Id, LastName FROM Contact LIMIT 2000", &all)
}

func write(s *salesforce.Salesforce) error {
	_, err := s.InsertOne("Contact", contact{LastName: "Conformance"})
	return err
}
