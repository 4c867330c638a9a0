// Package report is what the reports of all suites are made with: words on a terminal,
// JUnit XML, and files that are replaced whole.
package report
