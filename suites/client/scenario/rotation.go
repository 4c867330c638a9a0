package scenario

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about new credentials that judges ask for by name.
const (
	PairSwitched        = "pair-switched-while-both-are-valid"
	PairDeleted         = "pair-deleted-after-a-success"
	SecretReplaced      = "secret-replaced-while-running"
	PairReplaced        = "pair-replaced-while-running"
	KeyReplaced         = "signing-key-replaced"
	KeyReplacedMeantime = "signing-key-replaced-while-running"
)

// CredentialReplaced is the mark that what the client logged in with is void.
const CredentialReplaced = "credential-replaced"

// The files in which a client is given what is replaced while it runs.
const (
	secretFile = "secret.txt"
	pairFile   = "pair.env"
)

// rotation are the situations in which new credentials take the place of old ones.
func rotation() []Scenario {
	clientCredentials, bearer := []fixtures.Flow{fixtures.ClientCredentials}, []fixtures.Flow{fixtures.JWTBearer}
	newest := map[string]string{
		stage.ClientID: "${" + stage.NewestID + "}", stage.ClientSecret: "${" + stage.NewestSecret + "}",
	}
	return []Scenario{
		{
			Name: PairSwitched, Title: "A second pair is staged, the client is started with it, and then the first pair is deleted.", Want: Succeed,
			Flows: clientCredentials,
			Starts: []Start{
				{},
				{SameHome: true, Set: newest, Before: func(s *stage.Stage) { s.StagePair() }},
				{SameHome: true, Set: newest, Before: (*stage.Stage).DropPair},
			},
		},
		{
			Name: PairSwitched, Title: "A second Consumer Key is staged, the client is started with it, and then the first one is deleted.", Want: Succeed,
			Flows: bearer,
			Starts: []Start{
				{},
				{SameHome: true, Set: map[string]string{stage.ClientID: newest[stage.ClientID]}, Before: func(s *stage.Stage) { s.StagePair() }},
				{SameHome: true, Set: map[string]string{stage.ClientID: newest[stage.ClientID]}, Before: (*stage.Stage).DropPair},
			},
		},
		{
			Name: PairDeleted, Title: "The pair that the client works with is deleted, and its session ends.", Want: Fail, Advice: "client-id-unknown",
			Play: replaced(func(s *stage.Stage) {
				s.StagePair()
				s.DropPair()
			}),
		},
		{
			Name: SecretReplaced, Title: "While the client works, its Consumer Secret is replaced, in the org and in the file that holds it.",
			Flows: clientCredentials, Operation: Twice, Want: Either, Starts: fromFile(stage.SecretFile, secretFile, stage.ClientSecret),
			Play: replaced(func(s *stage.Stage) { writeFile(s, secretFile, s.ReplaceSecret().ClientSecret+"\n") }),
		},
		{
			Name: PairReplaced, Title: "While the client works, Consumer Key and Consumer Secret are replaced, in the org and in the file that holds them.",
			Flows: clientCredentials, Operation: Twice, Want: Either, Starts: fromFile(stage.PairFile, pairFile, stage.ClientID, stage.ClientSecret),
			Play: replaced(func(s *stage.Stage) {
				writeFile(s, pairFile, pairText(s.StagePair()))
				s.DropPair()
			}),
		},
		{
			Name: KeyReplaced, Title: "Between two starts the signing key and the app's certificate are replaced.", Flows: bearer, Operation: Login, Want: Succeed,
			Starts: []Start{{}, {SameHome: true, Before: (*stage.Stage).ReplaceKey}},
		},
		{
			Name: KeyReplacedMeantime, Title: "While the client works, its signing key and the app's certificate are replaced.", Flows: bearer, Operation: Twice,
			Want: Either, Play: replaced((*stage.Stage).ReplaceKey),
		},
	}
}

// replaced replaces the credential after the client's first success, and ends its
// sessions, so that it has to log in.
func replaced(replace func(*stage.Stage)) func(*stage.Stage) {
	return func(s *stage.Stage) {
		s.Before(stage.When{Kind: evidence.APICall}.Nth(2), func(*evidence.Exchange) {
			replace(s)
			s.RevokeSessions()
			s.Mark(CredentialReplaced)
		})
	}
}

// fromFile is a start in which a file holds what settings would say otherwise.
func fromFile(setting, name string, instead ...string) []Start {
	return []Start{{
		Set: map[string]string{setting: "${" + stage.Files + "}/" + name}, Unset: instead,
		Before: func(s *stage.Stage) {
			content := s.Newest().ClientSecret + "\n"
			if setting == stage.PairFile {
				content = pairText(s.Newest())
			}
			writeFile(s, name, content)
		},
	}}
}

// pairText is a pair in the form of a shell's variables.
func pairText(p evidence.Pair) string {
	return stage.ClientID + "=" + p.ClientID + "\n" + stage.ClientSecret + "=" + p.ClientSecret + "\n"
}

// writeFile panics if the file cannot be written, as the stage does on what it cannot do.
func writeFile(s *stage.Stage, name, content string) {
	if _, err := s.WriteFile(name, content); err != nil {
		panic(err)
	}
}
