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
