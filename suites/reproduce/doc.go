// Package reproduce brings a fake org into the state in which an error shows: that of
// a case, of an incident, or of a guide with one step left out. It knows the one
// change after which the same client works, and proves both.
package reproduce
