package explain

// NeededWords is neededWords for tests.
func NeededWords(expression string) ([]string, bool) { return neededWords(expression) }

// FindPlace is where a shape of the expression finds itself in the text.
func FindPlace(expression, text string) []int { return shapeOf(expression).FindStringIndex(text) }
