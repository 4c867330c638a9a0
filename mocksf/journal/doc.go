// Package journal keeps the last exchanges of an org: what was asked, which node
// answered, which check decided and what an admin would find in Setup > Login History.
//
// Secrets, assertions, tokens and whatever else a client may send by mistake are
// taken out on the way in, so that no reader has to think of it. Memory is bounded
// by the capacity: of each exchange only short copies are kept.
package journal
