import { Link } from 'react-router';
import type { WatchData } from './watch-data.ts';

/** The shop's name, leading to everything that it sells; in a tab of its own, since the show runs on here. */
export function ShopLink({ data: { merchantId, merchantName } }: { data: WatchData }) {
  if (merchantId === undefined) return merchantName;
  return (
    <Link to={`/shop/${merchantId}`} target="_blank" className="underline-offset-4 hover:underline">
      {merchantName}
    </Link>
  );
}
