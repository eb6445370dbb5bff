#!/bin/bash
# Stands in for Gradle, which this machine lacks: it compiles and packs what the task bootJar of
# examples/awssdk-iam describes, with javac and jar.
set -e
echo "gradle $* as ${AWS_ACCESS_KEY_ID:-}" >> "$BUILD_MACHINE/calls"
echo "> STAND-IN for Gradle: javac and jar of this machine"
value() { sed -n "s/.*$1[^']*'\([^']*\)'.*/\1/p" build.gradle | head -n 1; }
for argument in "$@"; do
  case "$argument" in
    clean) rm -rf build ;;
    bootJar)
      mkdir -p build/classes build/libs "$HOME/.gradle/caches/stand-in"
      date > "$HOME/.gradle/caches/stand-in/used"
      find src/main/java -name '*.java' -exec javac -nowarn -d build/classes {} +
      cp -r src/main/resources/. build/classes
      version="${APPLICATION_VERSION:-0.0.1}"
      printf 'Main-Class: %s\nImplementation-Version: %s\n' "$(value "'Main-Class'")" "$version" > build/manifest
      jar cfm "build/libs/$(value 'archiveBaseName =')-$version.jar" build/manifest -C build/classes .
      ;;
    -*) ;;
    *) echo "the stand-in has no task $argument" >&2; exit 1 ;;
  esac
done
