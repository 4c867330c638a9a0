package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

const checkOrgUsage = `mocksf check-org FILE checks an org file: its syntax, its fields, and whether an
org can be played from it. Problems are printed as FILE:LINE: field: what is wrong.

Exit codes: 0 the file is right (warnings may have been printed), 1 it is not,
2 the file cannot be read.
`

// checkOrg is `mocksf check-org FILE`.
func checkOrg(_ context.Context, args []string, stdout, stderr io.Writer) error {
	set := flag.NewFlagSet("check-org", flag.ContinueOnError)
	if err := parseFlags(set, args, checkOrgUsage, stdout); err != nil {
		return err
	}
	if set.NArg() != 1 {
		return usageError("check-org takes one file: mocksf check-org FILE")
	}
	file := set.Arg(0)
	org, err := loadOrg(file, stderr)
	if err == nil {
		_, err = snapshot.Compile(org)
	}
	var coded codedError
	switch {
	case errors.As(err, &coded) && !coded.inFile:
		return err
	case err != nil:
		return codedError{code: exitProblem, err: err}
	}
	_, err = fmt.Fprintf(stdout, "%s: right: org %q (%s, %s) with %d users and %d apps\n",
		file, org.Name, org.Kind, org.MyDomainHost(), len(org.Users), len(org.Apps))
	return err
}
