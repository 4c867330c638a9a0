package client_test

import (
	"context"
	"fmt"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
)

// Run judges a client in any driving mode; here it is a function of this process.
func ExampleRun() {
	r, err := client.Run(context.Background(), client.Options{
		Driver: drive.NewFunc(oneLogin, drive.FuncOptions{}), Mode: "go", Name: "one-login", Seed: 1,
		Flows:     []fixtures.Flow{fixtures.ClientCredentials},
		Only:      []fixtures.RequirementID{"req-method-post"},
		Scenarios: []string{"happy-path"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, result := range r.Results {
		fmt.Println(result.ID, result.Verdict)
	}
	// Output:
	// req-method-post pass
}

// A command line repeats one requirement of a run by one's own build of the program.
func ExampleCommandLine() {
	again := client.CommandLine("./conform", "client", "--http")
	fmt.Println(again(client.Selection{Only: "session-no-loop", Seed: 7, Command: []string{"node", "my sync.js"}}))
	// Output:
	// ./conform client --http --only session-no-loop --seed 7 -- node 'my sync.js'
}
