package report

import "fmt"

// Paint colours words on a terminal; false leaves them as they are.
type Paint bool

// Red is for what failed.
func (p Paint) Red(s string) string { return p.colour(s, 31) }

// Green is for what is right.
func (p Paint) Green(s string) string { return p.colour(s, 32) }

// Yellow is for what asks for attention.
func (p Paint) Yellow(s string) string { return p.colour(s, 33) }

// Bold is for headings.
func (p Paint) Bold(s string) string { return p.colour(s, 1) }

func (p Paint) colour(s string, code int) string {
	if !p || s == "" {
		return s
	}
	return fmt.Sprintf("\033[%dm%s\033[0m", code, s)
}
