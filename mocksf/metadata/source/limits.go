package source

import (
	"cmp"
	"fmt"
)

// Limits bound what a project may make the reader do; 0 means the default.
type Limits struct {
	// FileBytes is the size of one file that is read; default 10 MiB.
	FileBytes int64
	// TotalBytes is the size of all files that are read; default 256 MiB.
	TotalBytes int64
	// Components is how many app files, permission sets and profiles a project has;
	// default 10,000, which is also what Salesforce takes in one deploy.
	Components int
	// Entries is how many files and folders are looked at; default 500,000.
	Entries int
	// ZipBytes is the size of a zip file; default 39 MiB, Salesforce's own limit.
	ZipBytes int64
	// ZipTotal is the size of a zip file's content; default 400 MiB, Salesforce's own limit.
	ZipTotal int64
	// ZipRatio is how many times larger than in the zip a file of more than 1 MiB may be; default 200.
	ZipRatio int64
}

// resolved fills in the defaults.
func (l Limits) resolved() Limits {
	const mib = 1 << 20
	return Limits{
		FileBytes: cmp.Or(l.FileBytes, 10*mib), TotalBytes: cmp.Or(l.TotalBytes, 256*mib),
		Components: cmp.Or(l.Components, 10_000), Entries: cmp.Or(l.Entries, 500_000),
		ZipBytes: cmp.Or(l.ZipBytes, 39*mib), ZipTotal: cmp.Or(l.ZipTotal, 400*mib), ZipRatio: cmp.Or(l.ZipRatio, 200),
	}
}

// LimitError says which limit a project hit. Nothing of the project was used.
type LimitError struct {
	// Limit is the field of Limits.
	Limit string
	// Path is the file at fault; empty if it is the project as a whole.
	Path string
	// Got is what the project has, and Most what is allowed.
	Got, Most int64
	what      string
}

// Error names the file, the number and the limit.
func (e *LimitError) Error() string {
	text := fmt.Sprintf("%s: %d, more than the limit of %d", e.what, e.Got, e.Most)
	if e.Path != "" {
		text = fmt.Sprintf("%q: %s", e.Path, text)
	}
	return text
}
