// Package credentials is the part of the Connect REST API by which an admin's program
// reads and rotates the key pairs of External Client Apps (facts: section 8;
// metadata.md section 5; Connect REST API guide, OAuth Credentials resources).
//
// A pair is staged, works at once, and is then rotated in; the pair that it replaces
// takes its place among the staged ones and works for 30 days more, unless it is
// deleted. Connected Apps are rotated in Setup alone and are not known here.
package credentials
