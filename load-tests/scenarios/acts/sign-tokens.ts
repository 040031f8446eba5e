import type { World } from '../../world/world.ts';
import { signBuyers } from './sign-buyers.ts';

/** Access tokens of that many guests. */
export async function signTokens(world: Pick<World, 'signingKey'>, count: number): Promise<string[]> {
  return (await signBuyers(world, count)).map(({ token }) => token);
}
