package judge

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// freshPerRequest fails an assertion that is sent again after its exp, and warns of
// one that is sent again before.
func freshPerRequest(e *evidence.Evidence) verdict.Observation {
	first := map[string]evidence.Exchange{}
	var again []evidence.Exchange
	all := readAssertions(e)
	for _, x := range all {
		before, seen := first[x.Assertion.Raw]
		if !seen {
			first[x.Assertion.Raw] = x
			continue
		}
		left, timed := life(x)
		expired := timed && left < 0
		if !expired && sameMoment(before, x) {
			continue
		}
		// Two requests at once may share one; so may what one HTTP library repeats.
		if expired || before.Run != x.Run {
			return broken("an assertion is sent again after it has expired, or by a later start of the client", before, x)
		}
		again = append(again, x)
	}
	switch {
	case len(all) < 2:
		return absent("fewer than two assertions came")
	case len(again) > 0:
		return tolerated(fmt.Sprintf("%d of %d assertions had been sent before", len(again), len(all)), again...)
	}
	return kept(fmt.Sprintf("each of %d requests has an assertion of its own", len(all)))
}

// sameMoment says whether the same assertion can have been signed afresh: RSA
// signs equal claims equally, and without a jti they are equal for as long as the
// seconds of exp are.
func sameMoment(before, x evidence.Exchange) bool {
	const second = time.Second + time.Second/5
	if _, has := x.Assertion.Claims["jti"]; has || x.Arrived.Sub(before.Arrived) > second {
		return false
	}
	for _, name := range []string{"exp", "iat", "nbf"} {
		if n, isNumber := x.Assertion.Claims[name].(json.Number); isNumber && strings.Contains(n.String(), ".") {
			return false
		}
	}
	return true
}

func jtiUnique(e *evidence.Evidence) verdict.Observation {
	seen := map[any]string{}
	for _, x := range readAssertions(e) {
		jti, has := x.Assertion.Claims["jti"]
		if !has {
			continue
		}
		if raw, known := seen[jti]; known && raw != x.Assertion.Raw {
			return broken(fmt.Sprintf("two assertions have the jti %v", jti), x)
		}
		seen[jti] = x.Assertion.Raw
	}
	if len(seen) == 0 {
		return unused("assertions carry no jti")
	}
	return kept(fmt.Sprintf("%d assertions have as many jti", len(seen)))
}

// noGrantFallback looks for another grant after an assertion was refused.
func noGrantFallback(e *evidence.Evidence) verdict.Observation {
	refused := these(readAssertions(e), evidence.Exchange.Failed)
	if len(refused) == 0 {
		return absent("no assertion was refused")
	}
	other := these(e.TokenRequests(), func(x evidence.Exchange) bool {
		// A start with other settings may be one of another flow.
		return x.Number > refused[0].Number && x.Run == refused[0].Run && x.Param("grant_type") != string(e.Flow.Grant())
	})
	if len(other) > 0 {
		return broken(fmt.Sprintf("after a refused assertion the client asks for grant_type %q", other[0].Param("grant_type")), other...)
	}
	return kept("after a refused assertion no other grant is tried")
}
