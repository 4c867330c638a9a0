// Package clock is the org's clock: a virtual time that runs with the real one,
// faster than it, or not at all, and that can be moved ahead. It never goes back.
package clock
