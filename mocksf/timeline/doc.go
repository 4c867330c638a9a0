// Package timeline holds the configurations of an org over time and says which
// of them a node of the org sees: a change spreads over the nodes, and until it
// has reached the last one, requests flap between old and new (facts: section 7).
//
// Configurations are immutable. A change is appended with the time at which it
// was made; each node folds those that it sees, in the order in which they were
// made. Which node sees what, and which node serves a request, follows from the
// org's seed alone.
package timeline
