package xmltree_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

const document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
	"<App xmlns=\"urn:x\">\n  <!-- a comment -->\n  <label>A &amp; <![CDATA[B]]></label>\n" +
	"  <group><inner>\n    value </inner><inner/></group>\n</App>\n"

func parse(t *testing.T, text string) *xmltree.Element {
	t.Helper()
	root, err := xmltree.Parse([]byte(text), xmltree.Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestElementsKnowTheirPlaceTextAndBytes(t *testing.T) {
	t.Parallel()
	for _, mark := range []string{"", "\ufeff"} {
		text := mark + document
		root := parse(t, text)
		label, inner := root.Find("label"), root.Find("group/inner")
		if root.Space != "urn:x" || label.Value() != "A & B" || label.Place != (xmltree.Place{Line: 4, Col: 3}) {
			t.Errorf("label is %+v", label)
		}
		if inner.Value() != "value" || inner.TextPlace != (xmltree.Place{Line: 6, Col: 5}) {
			t.Errorf("inner is %+v", inner)
		}
		if got := text[label.Start:label.End]; got != "<label>A &amp; <![CDATA[B]]></label>" {
			t.Errorf("the bytes of label are %q", got)
		}
		if got := text[inner.InnerStart:inner.InnerEnd]; got != "\n    value " {
			t.Errorf("the inner bytes are %q", got)
		}
		if n := len(root.Find("group").All("inner")); n != 2 {
			t.Errorf("there are %d inner elements", n)
		}
	}
}

func TestWhatIsNotWantedIsPassedOver(t *testing.T) {
	t.Parallel()
	root, err := xmltree.Parse([]byte("<a><b><c>1</c></b><d>2</d></a>"), xmltree.Limits{}, func(name string) bool { return name == "d" })
	if err != nil || len(root.Children) != 1 || root.Find("d").Value() != "2" {
		t.Errorf("got %+v, %v", root, err)
	}
}

func TestHostileAndBrokenDocumentsAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	bomb := `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>`
	tests := map[string]struct{ text, want string }{
		"entities":          {bomb, "1:1: a document type"},
		"external entity":   {"<?xml version=\"1.0\"?>\n<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "2:1: a document type"},
		"unknown entity":    {"<a>&y;</a>", "not well-formed XML"},
		"deep":              {strings.Repeat("<a>", 40) + strings.Repeat("</a>", 40), "deeper than the limit of 32"},
		"invalid UTF-8":     {"<a>\nx\xff</a>", "2:2: not UTF-8"},
		"UTF-16":            {"\xff\xfe<\x00a\x00", "not UTF-8"},
		"another encoding":  {`<?xml version="1.0" encoding="EBCDIC"?><a>é</a>`, "EBCDIC"},
		"two roots":         {"<a/><b/>", "1:5: a second root element <b>"},
		"text at the end":   {"<a/>x", "text outside the root"},
		"nothing":           {"  \n", "the file is empty"},
		"unclosed":          {"<a>\n<b></a>", "not well-formed XML"},
		"the guide's error": {"<a><namedUserJwtTimeout>10</namedUserJwtSessionTimeout></a>", "not well-formed XML"},
	}
	for name, test := range tests {
		_, err := xmltree.Parse([]byte(test.text), xmltree.Limits{}, nil)
		var place *xmltree.Error
		if !errors.As(err, &place) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s gives %v, want %q", name, err, test.want)
		}
	}
}

func TestTheNumberOfElementsIsBounded(t *testing.T) {
	t.Parallel()
	text := "<a>" + strings.Repeat("<b/>", 50) + "</a>"
	_, err := xmltree.Parse([]byte(text), xmltree.Limits{Elements: 20}, func(string) bool { return false })
	if err == nil || !strings.Contains(err.Error(), "limit of 20") {
		t.Errorf("got %v", err)
	}
}
