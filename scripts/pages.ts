import { buildIsFresh, buildWeb } from '../apps/cli/src/serving/build.ts';

// Runs at the end of `npm ci`, so that the first start is not spent on building the pages beside everything else it has to do. Where it
// cannot be done the installation is whole all the same: the first start builds them, and says what is wrong when it cannot either.
try {
  if (!(await buildIsFresh())) await buildWeb(new AbortController().signal);
} catch (error) {
  console.error(
    `The pages are built at the first start; now it failed: ${error instanceof Error ? error.message : error}`,
  );
}
