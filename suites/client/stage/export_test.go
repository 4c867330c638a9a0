package stage

// MostHandshakes is for tests of floods.
const MostHandshakes = mostHandshakes

// AuthorityPEM is for clients of tests.
func (s *Stage) AuthorityPEM() []byte { return s.options.Keys.AuthorityPEM() }
