import { findCommand } from './commands.ts';
import { option, readArguments } from './terminal/arguments.ts';
import { explain } from './terminal/failure.ts';
import { languageOf, openTerminal } from './terminal/terminal.ts';

// Output into a pipe that was closed early (`dinh help | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

const given = readArguments(process.argv.slice(2));
const terminal = await openTerminal(languageOf(option(given, 'lang'), process.env));
try {
  process.exitCode = await findCommand(given).run({ given, environment: process.env, terminal });
} catch (error) {
  const { lines, exitCode } = explain(error, terminal.say, process.env.DINH_DEBUG === '1');
  for (const line of lines) terminal.note(line);
  process.exitCode = exitCode;
}
