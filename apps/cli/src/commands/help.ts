import { registry } from '@dinh/operations/registry';
import type { Command } from '../command.ts';
import { OK } from '../terminal/failure.ts';

/** Everything `dinh` can do: its own commands, then the operations by feature. */
export function help(commands: () => Promise<readonly Command[]>): Command {
  return {
    name: 'help',
    usage: 'help [operation]',
    summary: 'cli.help.summary',
    run: async ({ terminal: { say, out } }) => {
      out(say('cli.help.head'));
      out('');
      const own = await commands();
      const width = Math.max(...own.map((each) => each.usage.length));
      for (const each of own) out(`  dinh ${each.usage.padEnd(width)}  ${say.say(each.summary)}`);
      if (registry.length > 0) {
        out('');
        out(say('cli.help.operations'));
        out('');
        const widest = Math.max(...registry.map((op) => op.name.length));
        for (const op of [...registry].sort((a, b) => (a.name < b.name ? -1 : 1))) {
          out(`  dinh ${op.name.padEnd(widest)}  ${say.say(`operation.${op.name}`)}`);
        }
      }
      return OK;
    },
  };
}
