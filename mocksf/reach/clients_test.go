package reach_test

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/reach"
)

// client is a small program of a runtime that asks for https://salesforceName/.
type client struct {
	runtime string
	command []string
	// needs is asked first; where it fails the runtime lacks a part.
	needs []string
	files map[string]string
}

const pageURL = "https://" + salesforceName + "/"

var clients = map[string]client{
	"curl": {runtime: "curl", command: []string{"curl", "-sS", pageURL}},
	"go":   {runtime: "go", command: []string{os.Args[0], "-test.run=^TestGoClient$"}},
	"node fetch": {
		runtime: "node", command: []string{"node", "-e", "fetch('" + pageURL + "').then(r => r.text()).then(console.log)"},
		needs: []string{"node", "-e", "const [a, b] = process.versions.node.split('.').map(Number); process.exit(a > 24 || a == 24 && b >= 5 || a == 22 && b >= 21 ? 0 : 1)"},
	},
	"node through a tunnel of its own": {
		runtime: "node", command: []string{"node", "-e", `
const proxy = new URL(process.env.HTTPS_PROXY), host = '` + salesforceName + `';
require('http').request({host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: host + ':443'}).on('connect', (_, socket) => {
  require('https').get({host, socket, agent: false}, r => r.pipe(process.stdout)).on('error', e => { console.error(e); process.exit(1) });
}).end();`},
	},
	"python urllib": {runtime: "python", command: []string{"python3", "-c", "import urllib.request as u; print(u.urlopen('" + pageURL + "').read())"}},
	"python requests": {
		runtime: "python", needs: []string{"python3", "-c", "import requests"},
		command: []string{"python3", "-c", "import requests; print(requests.get('" + pageURL + "').text)"},
	},
	"java HttpClient": {
		runtime: "java", command: []string{"java", "Reach.java"}, needs: []string{"javac", "-version"},
		files: map[string]string{"Reach.java": `
import java.net.URI;
import java.net.http.*;

class Reach {
    public static void main(String[] args) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("` + pageURL + `")).build();
        System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
`},
	},
	"java HttpsURLConnection": {
		runtime: "java", command: []string{"java", "Reach.java"}, needs: []string{"javac", "-version"},
		files: map[string]string{"Reach.java": `
class Reach {
    public static void main(String[] args) throws Exception {
        System.out.println(new String(new java.net.URL("` + pageURL + `").openStream().readAllBytes()));
    }
}
`},
	},
	"ruby Net::HTTP": {
		runtime: "ruby", needs: []string{"ruby", "-ropenssl", "-e", "1"},
		command: []string{"ruby", "-rnet/http", "-e", "puts Net::HTTP.get(URI('" + pageURL + "'))"},
	},
	"php curl": {
		runtime: "php", needs: []string{"php", "-r", "exit(function_exists('curl_init') ? 0 : 1);"},
		command: []string{"php", "-r", "$c = curl_init('" + pageURL + "'); curl_exec($c) || exit(curl_error($c));"},
	},
	"php streams": {
		runtime: "php", needs: []string{"php", "-r", "exit(extension_loaded('openssl') ? 0 : 1);"},
		command: []string{"php", "-r", `
$at = str_replace('http:', 'tcp:', getenv('HTTPS_PROXY'));
echo file_get_contents('` + pageURL + `', false, stream_context_create(['http' => ['proxy' => $at, 'request_fulluri' => false]]));`},
	},
}

func TestEachRuntimeReachesTheNameWithItsVariablesAndNotWithoutTheAuthority(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stranger := newWorld(t)
	stranger.reach.ProxyURL = w.reach.ProxyURL
	for name, c := range clients {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if out, err := c.run(t, w.reach); err != nil || !strings.Contains(out, "reached "+salesforceName) {
				t.Errorf("%v\n%s", err, out)
			}
			if out, _ := c.run(t, stranger.reach); strings.Contains(out, "reached") {
				t.Errorf("another authority does as well:\n%s", out)
			}
		})
	}
}

// run runs the client with the variables for its runtime alone.
func (c client) run(t *testing.T, r reach.Reach) (string, error) {
	t.Helper()
	for _, needed := range [][]string{c.command, c.needs} {
		if len(needed) == 0 {
			continue
		}
		if _, err := exec.LookPath(needed[0]); err != nil {
			t.Skipf("%s is not installed", needed[0])
		}
	}
	if len(c.needs) > 0 && exec.Command(c.needs[0], c.needs[1:]...).Run() != nil {
		t.Skipf("this %s lacks what the client needs", c.runtime)
	}
	dir := t.TempDir()
	for name, text := range c.files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(c.command[0], c.command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asksAsClient+"=1")
	for _, v := range r.VariablesFor([]string{c.runtime}, nil) {
		cmd.Env = append(cmd.Env, v.Name+"="+v.Value)
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// asksAsClient makes this test's own binary the Go client.
const asksAsClient = "MOCKSF_TEST_ASKS_AS_CLIENT"

func TestGoClient(t *testing.T) {
	if os.Getenv(asksAsClient) == "" {
		t.Skip("another test runs it as a client")
	}
	resp, err := http.Get(pageURL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	t.Logf("%s %v", body, err)
	_, _ = os.Stdout.Write(body)
}
