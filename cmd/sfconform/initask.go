package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// questions asks on the terminal what init does not know.
type questions struct {
	in  *bufio.Reader
	out io.Writer
}

func newQuestions(w world) *questions { return &questions{bufio.NewReader(w.stdin), w.stderr} }

// errNobody says that the input ended before all was answered.
var errNobody = errors.New("nobody answers: say it by flags instead (sfconform init --help)")

// ask fills what is not settled yet. An answer that is none is asked for again.
func (q *questions) ask(f *config.File) error {
	if len(f.Client.Command) == 0 {
		if err := q.until("How is the client started? (command and arguments)", func(answer string) (err error) {
			f.Client.Command, err = shellWords(answer)
			return err
		}); err != nil {
			return err
		}
	}
	if err := q.until("Which flow does it have: client-credentials, jwt-bearer or both? (Enter: find out)", flowsInto(&f.Client)); err != nil {
		return err
	}
	for _, name := range []string{stage.LoginURL, stage.ClientID, stage.ClientSecret, stage.PrivateKeyFile, stage.Username, stage.CAFile} {
		if err := q.variable(f, name); err != nil {
			return err
		}
	}
	return q.until("Which operations does it read from CHECK_OPERATION, of "+strings.Join(config.Operations(), ", ")+
		"? (Enter: it does what it does)", func(answer string) error {
		return operationsInto(&f.Client, strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ' ' }))
	})
}

// variable asks for the client's own name of a setting.
func (q *questions) variable(f *config.File, setting string) error {
	question := "Which variable does it read in place of " + setting + "? (Enter: that one, or none"
	if setting == stage.LoginURL {
		question += "; with more around it: TOKEN_URL=${" + setting + "}/services/oauth2/token"
	}
	return q.until(question+")", func(answer string) error {
		if answer == "" {
			return nil
		}
		name, template, whole := strings.Cut(answer, "=")
		if !whole {
			template = "${" + setting + "}"
		}
		if name == "" || strings.ContainsAny(name, " ${}") {
			return fmt.Errorf("%q is no name of a variable", name)
		}
		if f.Env == nil {
			f.Env = map[string]string{}
		}
		f.Env[name] = template
		return nil
	})
}

// until asks until the answer is taken.
func (q *questions) until(question string, take func(answer string) error) error {
	for {
		if _, err := fmt.Fprintf(q.out, "%s\n> ", question); err != nil {
			return err
		}
		line, err := q.in.ReadString('\n')
		if err != nil && line == "" {
			return &exitError{exitUsage, errNobody}
		}
		problem := take(strings.TrimSpace(line))
		if problem == nil {
			return nil
		}
		_, words, _ := strings.Cut(problem.Error(), ": ")
		if !strings.HasPrefix(problem.Error(), "--") { // there are no flags here
			words = problem.Error()
		}
		if _, err := fmt.Fprintln(q.out, words); err != nil {
			return err
		}
	}
}

func flowsInto(c *config.Client) func(string) error {
	return func(answer string) error {
		if answer == "" {
			return nil
		}
		s := clientSettings{flow: answer}
		return s.words(c, func(flag string) bool { return flag == "flow" })
	}
}

func operationsInto(c *config.Client, names []string) error {
	s := clientSettings{operations: names}
	return s.words(c, func(flag string) bool { return flag == "operation" && len(names) > 0 })
}

// shellWords splits a command as a shell does, as far as quotes go.
func shellWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	quote, begun := rune(0), false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("the quote %q is not closed", quote)
	}
	if begun {
		words = append(words, word.String())
	}
	if len(words) == 0 || words[0] == "" {
		return nil, errors.New("a command is needed, such as: python3 sync.py --once")
	}
	return words, nil
}
