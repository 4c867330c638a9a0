package report

// Options say how a report is written; the zero value is plain text of 100 columns.
type Options struct {
	// Width is that of the terminal in characters; 0 means 100, and less than 40
	// counts as 40.
	Width int
	// Colour asks for ANSI colours.
	Colour bool
	// Verbose shows all that is known: what passed, every finding of a requirement,
	// every time line.
	Verbose bool
	// Artifact is the file that code scanning shows findings at, relative to the
	// root of the repository; "" means sfconform.yaml.
	Artifact string
}

const (
	usualWidth = 100
	leastWidth = 40

	usualArtifact = "sfconform.yaml"
)

func (o Options) width() int {
	if o.Width == 0 {
		return usualWidth
	}
	return max(o.Width, leastWidth)
}

func (o Options) artifact() string {
	if o.Artifact == "" {
		return usualArtifact
	}
	return o.Artifact
}
