/** The one-time mark that a page's own scripts must carry (see the content security policy). */
import { createContext, useContext } from "react";

/** Known on the server only; browsers hide it from scripts. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
