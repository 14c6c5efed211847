#!/bin/sh
# Makes the committed fonts from the @fontsource packages: the letters of our languages, two weights, no hinting.
# Needs fonttools and brotli (Debian: python3-fonttools python3-brotli). Run again only when a letter is missing.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
out=$here/src/lib/fonts
modules=$here/../../node_modules/@fontsource
latin='U+0020-007E,U+00A0,U+00AB,U+00B0,U+00B2,U+00B3,U+00B7,U+00BB,U+00BD,U+00C0-00C3,U+00C8-00CA,U+00CC,U+00CD,U+00D2-00D5,U+00D7,U+00D9,U+00DA,U+00DD,U+00E0-00E3,U+00E8-00EA,U+00EC,U+00ED,U+00F2-00F5,U+00F7,U+00F9,U+00FA,U+00FD,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026,U+2212,U+2248,U+2260,U+2264,U+2265,U+2039,U+203A'
vietnamese='U+0102,U+0103,U+0110,U+0111,U+0128,U+0129,U+0168,U+0169,U+01A0,U+01A1,U+01AF,U+01B0,U+0300,U+0301,U+0303,U+0309,U+0323,U+1EA0-1EF9,U+20AB'
arabic='U+0020,U+0021,U+0028,U+0029,U+002E,U+002F,U+003A,U+005B,U+005D,U+00A0,U+00AB,U+00BB,U+060C,U+061B,U+061C,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670,U+067E,U+0686,U+0698,U+06A4,U+06AF,U+06CC,U+200C-200F'
subset() {
  # The family name is dropped: a changed font may not carry a reserved name. Copyright and licence stay.
  /usr/bin/python3 -m fontTools.subset "$1" --unicodes="$2" --layout-features="$3" --name-IDs=0,13,14 --no-hinting --flavor=woff2 --output-file="$4"
}
for weight in 400 600; do
  files=$modules/be-vietnam-pro/files/be-vietnam-pro
  subset "$files-latin-$weight-normal.woff2" "$latin" kern,mark,mkmk,ccmp,tnum "$out/latin-$weight.woff2"
  subset "$files-vietnamese-$weight-normal.woff2" "$vietnamese" kern,mark,mkmk,ccmp "$out/vietnamese-$weight.woff2"
  subset "$modules/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-$weight-normal.woff2" "$arabic" \
    ccmp,isol,init,medi,fina,rlig,calt,mark,mkmk,curs "$out/arabic-$weight.woff2"
done
cp "$modules/be-vietnam-pro/LICENSE" "$out/LICENSE-be-vietnam-pro.txt"
cp "$modules/ibm-plex-sans-arabic/LICENSE" "$out/LICENSE-ibm-plex-sans-arabic.txt"
