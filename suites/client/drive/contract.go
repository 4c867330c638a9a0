package drive

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
)

// contract are the variables by which a client is told its settings and its work
// (facts: client requirements, section 3.1). Those of a second org end in _2.
var contract = []string{
	"SF_LOGIN_URL", "SF_TOKEN_URL", "SF_FLOW", "SF_CLIENT_ID", "SF_CLIENT_SECRET", "SF_CLIENT_SECRET_FILE",
	"SF_USERNAME", "SF_PRIVATE_KEY_FILE", "SF_CERTIFICATE_FILE", "SF_AUDIENCE", "SF_CA_FILE", "SF_API_VERSION",
	"SF_ORG_ID", "SF_INSTANCE_URL", "SF_SESSION_TIMEOUT",
}

const secondOrg = "_2"

// told are the variables that say what to do.
var told = []string{"CHECK_SCENARIO", "CHECK_OPERATION", "CHECK_CONTEXT"}

// ContractVariables are the names that a template of CommandOptions.Map may use.
func ContractVariables() []string {
	all := slices.Clone(contract)
	for _, name := range contract {
		all = append(all, name+secondOrg)
	}
	return append(all, told...)
}

// settings are all variables of the contract for a job.
func (j Job) settings() (map[string]string, error) {
	given := j.Context
	if given == nil {
		given = map[string]any{}
	}
	text, err := json.Marshal(given)
	if err != nil {
		return nil, fmt.Errorf("drive: the context of scenario %q: %w", j.Scenario, err)
	}
	all := map[string]string{"CHECK_SCENARIO": j.Scenario, "CHECK_OPERATION": j.Operation, "CHECK_CONTEXT": string(text)}
	maps.Copy(all, j.Env)
	return all, nil
}

// MappingError is a template of CommandOptions.Map that cannot be used.
type MappingError struct {
	// Variable is the client's own variable, Template its value.
	Variable, Template string
	// Problem says what is wrong with it and what to write.
	Problem string
}

func (e *MappingError) Error() string {
	return fmt.Sprintf("drive: the mapping of %s to %q: %s", e.Variable, e.Template, e.Problem)
}

// checkMap refuses templates that name no variable of the contract, and names that
// the driver sets itself.
func checkMap(mapping map[string]string) error {
	for name, template := range mapping {
		problem := checkTemplate(template)
		switch {
		case !isVariable(name):
			problem = fmt.Sprintf("%q is no name of a variable", name)
		case isSet(name):
			problem = name + " is set for every client: map a variable of the client's own"
		}
		if problem != "" {
			return &MappingError{Variable: name, Template: template, Problem: problem}
		}
	}
	return nil
}

// isSet says whether the driver sets or withholds the variable. A client may have
// others of its own that begin like those of the contract, such as SF_TIMEOUT.
func isSet(name string) bool {
	upper := strings.ToUpper(name)
	return isOurs(name) && (!strings.HasPrefix(upper, "SF_") || slices.Contains(ContractVariables(), upper))
}

func checkTemplate(template string) string {
	known := ContractVariables()
	_, problem := expand(template, func(name string) (string, string) {
		switch near := spell.Nearest(name, known); {
		case slices.Contains(known, name):
			return "", ""
		case near != "":
			return "", fmt.Sprintf("there is no ${%s}: did you mean ${%s}?", name, near)
		}
		return "", fmt.Sprintf("there is no ${%s}: there are %s", name, strings.Join(contract, ", "))
	})
	return problem
}

// composesURL says whether templates write the rest of a URL behind the login URL, and
// none hands it on as it is.
func composesURL(mapping map[string]string) bool {
	const whole = "${SF_LOGIN_URL}"
	composed := false
	for _, template := range mapping {
		if template == whole {
			return false
		}
		composed = composed || strings.Contains(template, whole) || strings.Contains(template, "${SF_TOKEN_URL}")
	}
	return composed
}

// expand puts values in place of ${NAME}; $$ stands for a dollar sign. A problem
// that value gives ends it.
func expand(template string, value func(name string) (text, problem string)) (expanded, problem string) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "$")
		b.WriteString(before)
		switch {
		case !found:
			return b.String(), ""
		case strings.HasPrefix(rest, "$"):
			b.WriteByte('$')
			template = rest[1:]
			continue
		}
		name, after, closed := strings.Cut(rest, "}")
		if !strings.HasPrefix(name, "{") || !closed {
			return "", "a dollar sign begins ${NAME}; write $$ for the sign itself"
		}
		text, problem := value(name[1:])
		if problem != "" {
			return "", problem
		}
		b.WriteString(text)
		template = after
	}
}

// mapped are the client's own variables. One whose template names what the
// scenario does not set is not set either: a setting that is missing is missing
// under every name.
func mapped(mapping, settings map[string]string) map[string]string {
	own := map[string]string{}
	for name, template := range mapping {
		text, missing := expand(template, func(name string) (string, string) {
			if text, ok := settings[name]; ok {
				return text, ""
			}
			return "", "not set"
		})
		if missing == "" {
			own[name] = text
		}
	}
	return own
}

func isVariable(name string) bool {
	return name != "" && !strings.ContainsAny(name, "=\x00 \t\r\n") && (name[0] < '0' || name[0] > '9')
}
