/**
 * Thematic programmes: topics, meetings with fixed steps and an observer, and what is made afterwards. Nothing is posted through a
 * person's account and nothing watches what people say: a unit notes what it published, where and when. Refusals: `products.*`.
 */
import { draft, revise } from './make.ts';
import { meeting, observe, takeTopic, tick } from './meetings.ts';
import { addTopic, end, launch, list, report } from './programmes.ts';
import { approve, check, enter, file, giveBack, publish, read, withdraw } from './steps.ts';

export {
  addTopic,
  approve,
  check,
  draft,
  end,
  enter,
  file,
  giveBack,
  launch,
  list,
  meeting,
  observe,
  publish,
  read,
  report,
  revise,
  takeTopic,
  tick,
  withdraw,
};

/** Everything the feature `products` offers, for the registry. */
export const productsOperations = [
  launch,
  addTopic,
  end,
  list,
  report,
  takeTopic,
  tick,
  observe,
  meeting,
  draft,
  revise,
  check,
  approve,
  giveBack,
  publish,
  enter,
  withdraw,
  read,
  file,
] as const;
