/** A command line taken apart: words, and options in the order given. `--name value`, `--name=value`; `--name` alone means true. */
export type Arguments = { words: string[]; options: [name: string, value: string][] };

export function readArguments(given: readonly string[]): Arguments {
  const words: string[] = [];
  const options: [string, string][] = [];
  for (let at = 0; at < given.length; at++) {
    const part = given[at] ?? '';
    if (!part.startsWith('--') || part === '--') {
      words.push(part);
      continue;
    }
    const equals = part.indexOf('=');
    if (equals > 0) {
      options.push([part.slice(2, equals), part.slice(equals + 1)]);
      continue;
    }
    const next = given[at + 1];
    if (next === undefined || next.startsWith('--')) options.push([part.slice(2), 'true']);
    else {
      options.push([part.slice(2), next]);
      at++;
    }
  }
  return { words, options };
}

/** The last value given for an option. */
export function option(given: Arguments, name: string): string | undefined {
  return given.options.findLast(([key]) => key === name)?.[1];
}
