// Package explain works backwards from a pasted error to what causes it.
//
// It reads (package files read_*: what stands in the text, in whatever shape it
// was pasted), concludes by rules that are data (files rules_*), and ranks. It
// needs no network, never guesses, and repeats no secret of the paste.
package explain
