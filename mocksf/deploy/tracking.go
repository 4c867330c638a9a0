package deploy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records/soql"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// tracked is the last change of one component: a SourceMember of the tooling API. A
// scratch org has source tracking, and the CLI insists on it there.
type tracked struct {
	typeName, name string
	revision       int
	deleted, fresh bool
	user           string
	at             time.Time
}

// track notes what a deploy changed, and that it did so as one change after the other.
func (s *Service) track(messages []Message, o order) {
	for _, m := range messages {
		if m.ComponentType == "" || !m.Created && !m.Changed && !m.Deleted {
			continue
		}
		s.revision++
		s.tracked[keyOf(m.ComponentType, m.FullName)] = tracked{
			m.ComponentType, m.FullName, s.revision, m.Deleted, m.Created, fixtures.ID15(o.user.ID), o.now,
		}
	}
}

// sourceMember is a record as the CLI asks for it (npm @salesforce/source-tracking).
type sourceMember struct {
	Attributes struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"attributes"`
	MemberIDOrName  string `json:"MemberIdOrName"`
	MemberType      string
	MemberName      string
	IsNameObsolete  bool
	RevisionCounter int
	IsNewMember     bool
	ChangedBy       string
	LastModified    string `json:"LastModifiedDate"`
}

// tooling answers the one query of the tooling API that the fake knows, where there is
// source tracking: which components changed since, or up to, a revision.
func (s *Service) tooling(r *exchange.Request, _ *snapshot.User) exchange.Answer {
	q, err := soql.Parse(r.Query.Get("q"))
	if err != nil || r.Org.Kind != fixtures.Scratch || !isName(q.From, "SourceMember") {
		return exchange.RefuseWith(&s.notServed, "resource", "tooling/query")
	}
	holds, ok := revisions(q.Where)
	if !ok {
		return exchange.RefuseWith(&s.notServed, "resource", "tooling/query")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(r.Now)
	list := []sourceMember{}
	for _, t := range s.tracked {
		if holds(t.revision) {
			list = append(list, t.record(r))
		}
	}
	slices.SortFunc(list, func(a, b sourceMember) int { return a.RevisionCounter - b.RevisionCounter })
	return exchange.JSON(struct {
		Size      int            `json:"size"`
		TotalSize int            `json:"totalSize"`
		Done      bool           `json:"done"`
		Entity    string         `json:"entityTypeName"`
		Records   []sourceMember `json:"records"`
	}{len(list), len(list), true, "SourceMember", list})
}

func (t tracked) record(r *exchange.Request) sourceMember {
	m := sourceMember{
		MemberIDOrName: t.name, MemberType: t.typeName, MemberName: t.name, IsNameObsolete: t.deleted, RevisionCounter: t.revision,
		IsNewMember: t.fresh, ChangedBy: t.user, LastModified: t.at.UTC().Format("2006-01-02T15:04:05.000+0000"),
	}
	m.Attributes.Type = "SourceMember"
	m.Attributes.URL = fmt.Sprintf("/services/data/%s/tooling/sobjects/SourceMember/%s", r.Value("version"),
		fixtures.DeriveID("0MZ", "Ak", strings.ToLower(t.typeName+"\n"+t.name)))
	return m
}

func isName(p soql.Path, name string) bool {
	return len(p.Names) == 1 && strings.EqualFold(p.Names[0], name)
}

// revisions is the condition of a query, which compares the revision with a number; ok
// is false for any other. None holds always.
func revisions(c soql.Condition) (holds func(revision int) bool, ok bool) {
	if c == nil {
		return func(int) bool { return true }, true
	}
	compare, ok := c.(soql.Compare)
	if !ok || !isName(compare.Path, "RevisionCounter") || len(compare.Values) != 1 || compare.Values[0].Kind != soql.Number {
		return nil, false
	}
	bound := compare.Values[0].Number
	switch compare.Op { //nolint:exhaustive // the others do not order numbers
	case soql.Greater:
		return func(revision int) bool { return float64(revision) > bound }, true
	case soql.LessOrEqual:
		return func(revision int) bool { return float64(revision) <= bound }, true
	}
	return nil, false
}
