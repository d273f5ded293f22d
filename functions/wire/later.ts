/** A value, or the failure that kept it away: thrown where the value is first asked for. */
export type Later<Value> = () => Value;

export async function later<Value>(make: () => Promise<Value>): Promise<Later<Value>> {
  try {
    const value = await make();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
