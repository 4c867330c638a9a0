package drive

import (
	"context"
	"strings"
	"time"
)

// ReviewAnswer is what a person says to a question that only eyes can answer.
type ReviewAnswer string

// The answers.
const (
	Yes     ReviewAnswer = "yes"
	No      ReviewAnswer = "no"
	Skipped ReviewAnswer = "skipped"
)

// Values lists the answers.
func (ReviewAnswer) Values() []string { return []string{string(Yes), string(No), string(Skipped)} }

// Review is a question with its answer, for the report.
type Review struct {
	Question string
	Answer   ReviewAnswer
	// Who answered, and At what time.
	Who string
	At  time.Time
}

var answerWords = map[string]ReviewAnswer{
	"y": Yes, "yes": Yes, "n": No, "no": No, "s": Skipped, "skip": Skipped, "b": back, "back": back,
}

// Ask puts the questions, one after the other. What is not answered since the input
// or the context has ended is skipped; the error is that of the context or of out.
func (m *Manual) Ask(ctx context.Context, questions []string) ([]Review, error) {
	all := make([]Review, 0, len(questions))
	for len(all) < len(questions) {
		question := questions[len(all)]
		answer, err := m.ask(ctx, question)
		if answer == back {
			all = all[:max(0, len(all)-1)]
			continue
		}
		all = append(all, Review{Question: question, Answer: answer, Who: m.options.Who, At: m.clock.Now()})
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// back takes the answer before back.
const back ReviewAnswer = "back"

func (m *Manual) ask(ctx context.Context, question string) (ReviewAnswer, error) {
	for {
		if err := m.say("%s [y/n/skip/back/stop] ", question); err != nil {
			return Skipped, err
		}
		select {
		case text, open := <-m.typed:
			if !open {
				return Skipped, nil
			}
			if strings.EqualFold(text, "stop") {
				if err := m.stopped(); err != nil {
					return Skipped, err
				}
				continue
			}
			if answer, known := answerWords[strings.ToLower(text)]; known {
				return answer, nil
			}
		case <-ctx.Done():
			return Skipped, context.Cause(ctx)
		}
	}
}
