import { createId, type UserId } from '@souk/protocol/ids';
import { systemClock } from '@souk/runtime/clock';
import { createTokenSigner } from '@souk/runtime/tokens';
import type { World } from '../../world/world.ts';
import { inParallel } from './in-parallel.ts';

export interface Buyer {
  readonly userId: UserId;
  readonly token: string;
}

const AT_A_TIME = 100;

/** That many guests with access tokens, good for ten minutes, signed with the world's own key. */
export async function signBuyers({ signingKey }: Pick<World, 'signingKey'>, count: number): Promise<Buyer[]> {
  const signer = await createTokenSigner({ privateJwk: signingKey, clock: systemClock });
  const seats = Array.from({ length: count }, (_, index) => index);
  return inParallel(seats, AT_A_TIME, async (seat) => {
    const userId = createId('guest');
    const grants = [{ role: 'guest', scope: 'platform' }] as const;
    const { token } = await signer.signAccess({ sub: userId, name: `Buyer ${seat}`, grants: [...grants] });
    return { userId, token };
  });
}
