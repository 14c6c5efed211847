import { findCommand } from './commands.ts';
import { option, readArguments } from './terminal/arguments.ts';
import { explain } from './terminal/failure.ts';
import { languageOf, openTerminal } from './terminal/terminal.ts';

/** Runs a command line and sets the exit code: 0 done, 1 refused, 2 written wrongly. */
export async function main(parameters: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  // Output into a pipe that was closed early (`dinh help | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  const given = readArguments(parameters);
  const terminal = await openTerminal(languageOf(option(given, 'lang'), environment));
  try {
    const command = await findCommand(given);
    process.exitCode = await command.run({ given, environment, terminal });
  } catch (error) {
    const { lines, exitCode } = explain(error, terminal.say, environment.DINH_DEBUG === '1');
    for (const line of lines) terminal.note(line);
    process.exitCode = exitCode;
  }
}
