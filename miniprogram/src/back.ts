/** One page back; to `home` when this page was opened by its address and there is nothing before it. */
export function goBack(home: string): void {
  if (getCurrentPages().length > 1) uni.navigateBack()
  else uni.reLaunch({ url: home })
}
