package report

import (
	"fmt"
	"strings"

	sheet "github.com/sfconform/sfconform/suites/report"
)

// prose is text of others in Markdown: nothing in it is markup, a link, a mention
// that would notify somebody, or a reference that would show up in somebody's issue.
func prose(text string) string { return proseSigns.Replace(sheet.Inert(oneLine(text))) }

var proseSigns = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "@", "@&#8203;", "#", "#&#8203;", "://", ":&#8203;//", "www.", "www&#8203;.",
	"\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "{", "\\{", "}", "\\}", "[", "\\[", "]", "\\]", "(", "\\(", ")", "\\)",
	"|", "\\|", "~", "\\~", "!", "\\!", "$", "\\$",
)

// summary is text of others in the HTML of a summary, where Markdown does not reach.
func summary(text string) string { return summarySigns.Replace(oneLine(text)) }

var summarySigns = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "@", "@&#8203;", "#", "#&#8203;", "://", ":&#8203;//", "www.", "www&#8203;.",
	"`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "|", "&#124;",
)

// code is text in a code span, which holds neither markup nor mentions.
func code(text string) string {
	text = sheet.Inert(strings.TrimSpace(pasted(text)))
	if text == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// cell is code in a table, where only the bar must be escaped.
func cell(text string) string { return strings.ReplaceAll(code(text), "|", "\\|") }

// codeBlock is text in a fence that nothing in it can close, and that a build obeys
// nowhere if the Markdown is shown in its log.
func codeBlock(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(sheet.Printable(text), "\n"), "\n") {
		lines = append(lines, sheet.Inert(line))
	}
	text = strings.Join(lines, "\n")
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return fmt.Sprintf("%s\n%s\n%s\n", fence, text, fence)
}

func longestRun(text string, of rune) int {
	longest, run := 0, 0
	for _, r := range text {
		run++
		if r != of {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
