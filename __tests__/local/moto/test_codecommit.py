"""CodeCommit repositories."""

from support import ACCOUNT, REGION, MotoTest, answer, client

ARN = f"arn:aws:codecommit:{REGION}:{ACCOUNT}:one"


class RepositoryTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.codecommit = client("codecommit")
        self.codecommit.create_repository(
            repositoryName="one", tags={"team": "a"}, kmsKeyId="alias/one"
        )

    def test_dates_are_seconds(self) -> None:
        metadata = answer(self.codecommit, "get_repository", repositoryName="one")[
            "repositoryMetadata"
        ]
        self.assertDates(metadata, "creationDate", "lastModifiedDate")

    def test_the_key_is_kept(self) -> None:
        metadata = self.codecommit.get_repository(repositoryName="one")[
            "repositoryMetadata"
        ]
        self.assertEqual(metadata["kmsKeyId"], "alias/one")

    def test_tags_change(self) -> None:
        self.codecommit.tag_resource(resourceArn=ARN, tags={"team": "b", "cost": "c"})
        self.codecommit.untag_resource(resourceArn=ARN, tagKeys=["cost"])
        tags = self.codecommit.list_tags_for_resource(resourceArn=ARN)["tags"]
        self.assertEqual(tags, {"team": "b"})

    def test_the_description_changes(self) -> None:
        self.codecommit.update_repository_description(
            repositoryName="one", repositoryDescription="The first"
        )
        metadata = self.codecommit.get_repository(repositoryName="one")[
            "repositoryMetadata"
        ]
        self.assertEqual(metadata["repositoryDescription"], "The first")
