package deploy

import "github.com/sfconform/sfconform/mocksf/soap"

// Options are the DeployOptions that count here. Others, of tests above all, are
// taken and make no difference: app metadata has no tests.
type Options struct {
	CheckOnly       bool   `json:"checkOnly"`
	IgnoreWarnings  bool   `json:"ignoreWarnings"`
	RollbackOnError bool   `json:"rollbackOnError"`
	SinglePackage   bool   `json:"singlePackage"`
	TestLevel       string `json:"testLevel,omitempty"`
}

// optionsOf reads the options of a call; one that is not sent is false (WSDL).
func optionsOf(p soap.Params) Options {
	on := func(name string) bool { return p.Text(name) == "true" || p.Text(name) == "1" }
	return Options{
		CheckOnly: on("checkOnly"), IgnoreWarnings: on("ignoreWarnings"),
		RollbackOnError: on("rollbackOnError"), SinglePackage: on("singlePackage"), TestLevel: p.Text("testLevel"),
	}
}
