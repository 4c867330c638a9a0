// Package fault makes an org's answers go wrong on purpose, beyond what its
// configuration can refuse: pages in place of JSON, cut-off bodies, broken
// connections, slow answers.
//
// A fault has a name and a kind, and fires by count or until a time, never by
// chance: the same requests meet the same faults. What it does is data (Effect);
// the org's writer carries it out.
package fault
