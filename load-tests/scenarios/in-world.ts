import { startWorld, type World, type WorldOptions } from '../world/world.ts';
import type { Outcome, ScenarioContext } from './scenario.ts';

/** What of the world a scenario decides itself; `stores` are empty ones to use instead of its own. */
export type Wishes = Omit<WorldOptions, 'progress' | 'signal' | 'stores'> & {
  readonly stores?: WorldOptions['stores'] | undefined;
};

/** Plays in a world of its own, which is stopped afterwards, however the play ended. */
export async function inWorld(
  { progress, signal }: ScenarioContext,
  { stores, ...wishes }: Wishes,
  play: (world: World) => Promise<Outcome>,
): Promise<Outcome> {
  const world = await startWorld({
    ...wishes,
    ...{ progress, signal },
    ...(stores === undefined ? {} : { stores }),
  });
  try {
    return await play(world);
  } finally {
    progress.step('stopping everything');
    await world.stop();
  }
}
