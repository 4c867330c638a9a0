package drive

// Checks are the values of the CHECK lines of a text that arrives in pieces.
func Checks(text []byte, size int) map[string]any {
	var c checkLines
	for len(text) > 0 {
		n := min(size, len(text))
		c.write(text[:n])
		text = text[n:]
	}
	return c.merged()
}

// AnswerChecks are what a line of a driver program says beside its answer.
func AnswerChecks(line []byte) (map[string]any, error) {
	a, err := parseAnswer(line)
	return a.checks, err
}
