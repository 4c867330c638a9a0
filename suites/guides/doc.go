// Package guides follows the set-up guides of the catalogue on a fresh fake org, has
// the product connect as it does, and shows what is seen when a step is left out.
package guides

//go:generate go run ./generate
