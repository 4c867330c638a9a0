package canary

// Include takes all secrets of another set. A form that is known already stays as it
// is; the other set must not be this one.
func (s *Set) Include(other *Set) {
	other.mu.RLock()
	defer other.mu.RUnlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[string]bool{}
	}
	begin := len(s.secrets)
	s.secrets = append(s.secrets, other.secrets...)
	for value := range other.known {
		s.known[value] = true
	}
	for _, forms := range other.matcher.ends {
		for _, f := range forms {
			if s.matcher.has(f.text) {
				continue
			}
			added := *f
			added.secret += begin
			s.matcher.add(added)
		}
	}
}
