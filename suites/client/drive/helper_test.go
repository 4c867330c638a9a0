//go:build unix

package drive_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// asClient makes this test's own binary a client under test.
const asClient = "as-client"

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == asClient {
		behave(os.Args[2], os.Args[3:])
		os.Exit(0)
	}
	code := m.Run()
	_ = os.RemoveAll(built)
	os.Exit(code)
}

// client is a command that behaves in a way.
func client(behaviour ...string) []string {
	return append([]string{os.Args[0], asClient}, behaviour...)
}

// behaviours are clients as they occur, by name.
var behaviours = map[string]func(args []string){
	"env": func([]string) { fmt.Println(strings.Join(os.Environ(), "\n")) },
	"cwd": func([]string) {
		dir, _ := os.Getwd()
		fmt.Println(dir)
	},
	"args": func(args []string) { fmt.Println(strings.Join(args, "\n")) },
	"exit": func(args []string) {
		code, _ := strconv.Atoi(args[0])
		os.Exit(code)
	},
	"signal": func(args []string) {
		number, _ := strconv.Atoi(args[0])
		_ = syscall.Kill(os.Getpid(), syscall.Signal(number))
		select {}
	},
	"heeds": func([]string) {
		if os.Getenv("CHECK_OPERATION") != "login" {
			os.Exit(127)
		}
		os.Exit(1)
	},
	"say":   func(args []string) { fmt.Print(strings.Join(args, "\n") + "\n") },
	"stdin": func([]string) { text, err := io.ReadAll(os.Stdin); fmt.Printf("%q %v", text, err) },
	"flood": flood,
	"leave": leave,
	"wait":  func(args []string) { tell(args[0]); select {} },
	"stubborn": func(args []string) {
		signal.Ignore(syscall.SIGTERM, syscall.SIGHUP)
		tell(args[0])
		select {}
	},
	"gentle": func(args []string) {
		told := make(chan os.Signal, 1)
		signal.Notify(told, syscall.SIGTERM)
		tell(args[0])
		<-told
		fmt.Println("good bye")
	},
	"daemon": daemon,
	"driver": driverProgram,
	"tool": func(args []string) {
		// Starts a tool with a secret among its arguments and waits for it.
		child := exec.Command(os.Args[0], asClient, "wait", args[0], "--password="+args[1])
		_ = child.Run()
	},
}

func behave(name string, args []string) {
	run, ok := behaviours[name]
	if !ok {
		fmt.Fprintf(os.Stderr, "no behaviour %q\n", name)
		os.Exit(3)
	}
	run(args)
}

// flood writes so many MiB to standard output, between a first and a last line.
func flood(args []string) {
	n, _ := strconv.Atoi(args[0])
	_, _ = os.Stdout.WriteString("first\n")
	lines := []byte(strings.Repeat(strings.Repeat("x", 1023)+"\n", 1<<10))
	for range n {
		_, _ = os.Stdout.Write(lines)
	}
	_, _ = os.Stdout.WriteString("CHECK {\"after\":\"the flood\"}\nlast\n")
}

// leave leaves files of every kind.
func leave([]string) {
	home, temp := os.Getenv("HOME"), os.Getenv("TMPDIR")
	_ = os.MkdirAll(filepath.Join(home, ".cache", "sf"), 0o700)
	_ = os.WriteFile(filepath.Join(home, ".cache", "sf", "token"), []byte("kept token"), 0o644)
	_ = os.Chmod(filepath.Join(home, ".cache", "sf", "token"), 0o644)
	_ = os.WriteFile(filepath.Join(temp, "big"), make([]byte, 3<<20), 0o600)
	_ = os.WriteFile("here.log", []byte("log"), 0o600)
	_ = os.Symlink("/etc/passwd", "link")
	_ = syscall.Mkfifo("fifo", 0o600)
	_ = os.MkdirAll("locked/in", 0o700)
	_ = os.WriteFile("locked/in/file", nil, 0o600)
	_ = os.Chmod("locked", 0o500)
}

// tell connects to the test, which knows then that the client runs, and by the end
// of the connection that it does not any more.
func tell(address string) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	held = append(held, conn)
}

// held keeps connections from being collected.
var held []net.Conn

// daemon leaves a process in a session of its own that holds standard output. It
// ends once the daemon runs. With "bare" the daemon has no environment.
func daemon(args []string) {
	child := exec.Command(os.Args[0], asClient, "stubborn", args[0])
	child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	if args[1] == "bare" {
		child.Env = []string{"A=b"}
	}
	if err := child.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	conn, err := net.Dial("tcp", args[2])
	if err == nil {
		// The test lets go once the daemon has told it of itself.
		_, _ = io.Copy(io.Discard, conn)
	}
}

// ear listens for clients that tell of themselves.
type ear struct{ net.Listener }

func listen(t *testing.T) ear {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return ear{l}
}

func (e ear) address() string { return e.Addr().String() }

// heard waits for a client.
func (e ear) heard(t *testing.T) net.Conn {
	t.Helper()
	conn, err := e.Accept()
	if err != nil {
		t.Error(err)
		return nil
	}
	return conn
}

// gone returns when the client has ended.
func gone(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }
