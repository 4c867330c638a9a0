package judge

import (
	"regexp"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// exitTells says whether the exit code of a start tells how its work went. Where it says
// of everything that all is well, that is one mistake, and judged by itself; a client
// that was told to end tells nothing by it.
func exitTells(e *evidence.Evidence, r evidence.Run) bool {
	return !r.Exit.Stopped && (!e.ExitSilent || !r.Exit.Succeeded())
}

// claims says whether a start says by its exit code that all is well.
func claims(e *evidence.Evidence, r evidence.Run) bool {
	return exitTells(e, r) && r.Exit.Succeeded()
}

// isMute says whether neither the exit code of a start nor what it wrote tells success
// from failure.
func isMute(e *evidence.Evidence, r evidence.Run) bool {
	return !exitTells(e, r) && !tellsOfFailure(r)
}

// mute is the observation for such a start.
func mute(r evidence.Run, of string) verdict.Observation {
	why := "the client ends with exit code 0 also where it has failed, which is judged by itself (err-exit-or-health)"
	if r.Exit.Stopped {
		why = "the client was told to end, so that its exit code says nothing"
	}
	return absent(why + ", and what it writes does not show what it makes of " + of)
}

// failing says whether a start says by its exit code, or else by its words, that it has failed.
func failing(e *evidence.Evidence, r evidence.Run) bool {
	if exitTells(e, r) {
		return !r.Exit.Succeeded()
	}
	return tellsOfFailure(r)
}

// failure are words by which programs say that something went wrong, in some languages.
var failure = regexp.MustCompile(`(?i)error|fail|exception|traceback|panic|fatal|unable|could not|couldn't|cannot|can't|refused|denied|invalid|` +
	`not valid|unexpected|unauthor|abort|giving up|gave up|missing|no token|no access|timed? ?out|unavailable|` +
	`fehler|fehlgeschlagen|abgelehnt|konnte nicht|ungültig|erreur|échec|échou|impossible|refusé|` +
	`fallo|fallid|rechazad|no se pudo|inválid|erro\b|falha|falhou|errore|fallit|impossibile|fout|mislukt|fel\b|misslyckad|błąd|` +
	`ошибк|失敗|エラー|错误|失败|錯誤|실패|오류`)

func tellsOfFailure(r evidence.Run) bool { return failure.MatchString(said(r)) }
