// Tells what made a program fail. Node's fetch says no more than "fetch failed"; what
// TLS said is the cause of that.
export function failed(err) {
  const told = [`${err.name}: ${err.message}`];
  for (let cause = err.cause; cause; cause = cause.cause) told.push(cause.message || cause.code);
  console.error(told.join(': '));
  process.exit(1);
}
