// Package source finds the app metadata files of an SFDX project, of a folder in
// metadata-API form, or of a zip of one: what sfdx-project.json, .forceignore and
// package.xml say is in it, replacements made. It reads and never writes.
package source
