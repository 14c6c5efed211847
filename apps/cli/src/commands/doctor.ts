import type { Command } from '../command.ts';
import { checks } from '../doctor/checks.ts';
import { withInstallation } from '../installation.ts';
import { misused, OK, REFUSED } from '../terminal/failure.ts';

export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor [check]…',
  summary: 'cli.doctor.summary',
  run: ({ given, environment, terminal }) => {
    const wanted = given.words.slice(1);
    const unknown = wanted.find((name) => !checks.some((check) => check.name === name));
    if (unknown) misused('cli.doctor.unknown', { name: unknown, known: checks.map(({ name }) => name).join(', ') });
    return withInstallation(
      environment,
      terminal,
      async (installation) => {
        let holds = true;
        for (const check of checks) {
          if (wanted.length > 0 && !wanted.includes(check.name)) continue;
          const { ok, figure, examples } = await check.run(installation, terminal.say);
          holds &&= ok;
          terminal.out(`${ok ? '✓' : '✗'} ${check.name}: ${figure}`);
          for (const example of ok ? [] : examples) terminal.out(`    ${example}`);
        }
        return holds ? OK : REFUSED;
      },
      { migrating: false },
    );
  },
};
